/** What can lie beside the tree. */
export const PANES = { details: 'Details', changes: 'Changes', history: 'History' } as const;
export type Pane = keyof typeof PANES;
