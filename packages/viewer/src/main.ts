import { mount } from 'svelte';
import App from './App.svelte';
import { hubUrl, metricsUrl, setupUrl } from './addresses.ts';
import { shelfOf } from './kept.ts';
import { Session } from './session.svelte.ts';
import { SetupProgress } from './setup-progress.svelte.ts';
import { ThemeChoice } from './theme.svelte.ts';
import './app.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const shelf = shelfOf(() => localStorage);
const theme = new ThemeChoice(shelf);
const hub = hubUrl(new URL(location.href), import.meta.env.DEV);
const session = new Session(hub, shelf);
const setup = new SetupProgress(setupUrl(hub, location.origin), session.connection, shelf);
const figures = metricsUrl(hub, location.origin);
mount(App, { target, props: { session, setup, theme, shelf, metricsUrl: figures } });
