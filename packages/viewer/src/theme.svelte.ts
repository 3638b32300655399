/** Light, dark, or as the system has it. */
import type { Shelf } from './kept.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';
const isTheme = (text: string | undefined): text is Theme => THEMES.some((theme) => theme === text);

export class ThemeChoice {
  readonly #shelf: Shelf;
  #theme = $state<Theme>('system');

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    const kept = shelf.get(KEY);
    if (isTheme(kept)) this.#theme = kept;
    this.#show();
  }

  get now(): Theme {
    return this.#theme;
  }

  choose(theme: Theme): void {
    this.#theme = theme;
    this.#shelf.put(KEY, theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset['theme'] = this.#theme;
  }
}
