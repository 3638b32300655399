import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The pure packages have no effects when loaded: what the page does not use stays out. */
const isPure = (id: string): boolean => /[\\/](live-set|protocol|client)[\\/]dist[\\/]/.test(id);

export default defineConfig({
  base: './',
  plugins: [svelte()],
  server: { port: 5173, strictPort: true },
  build: {
    target: 'es2022',
    // For the notices of the package (scripts/pack.mjs).
    license: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !isPure(id) } },
  },
});
