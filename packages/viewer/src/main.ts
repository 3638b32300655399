import { mount } from 'svelte';
import App from './App.svelte';
import { hubUrl } from './addresses.ts';
import { Session } from './session.svelte.ts';
import './app.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const session = new Session(hubUrl(new URL(location.href), import.meta.env.DEV));
mount(App, { target, props: { session } });
