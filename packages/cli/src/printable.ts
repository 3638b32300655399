/** Text from files and strangers, made fit for a terminal: one line, and nothing in it that steers the terminal. */

/** C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of what follows. */
const STEERING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const SPACE = /[\t\n\r\u2028\u2029]/;

/** The same text with blanks for line breaks and � for what would steer the terminal. */
export function printable(text: string): string {
  return text.replace(STEERING, (found) => (SPACE.test(found) ? ' ' : '\ufffd'));
}
