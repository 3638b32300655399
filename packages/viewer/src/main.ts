import { mount } from 'svelte';
import App from './App.svelte';
import { apiUrl, hubUrl, metricsUrl } from './addresses.ts';
import { shelfOf } from './kept.ts';
import { PastState } from './past.svelte.ts';
import { Session } from './session.svelte.ts';
import { ThemeChoice } from './theme.svelte.ts';
import './app.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const shelf = shelfOf(() => localStorage);
const theme = new ThemeChoice(shelf);
const hub = hubUrl(new URL(location.href), import.meta.env.DEV);
const session = new Session(hub, shelf);
const past = new PastState((path) => apiUrl(hub, location.origin, path));
mount(App, { target, props: { session, past, theme, shelf, metricsUrl: metricsUrl(hub, location.origin) } });
