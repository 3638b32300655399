/** What can lie beside the tree. */
export const PANES = {
  details: 'Details',
  changes: 'Changes',
  unsaved: 'Since the save',
  history: 'History',
} as const;
export type Pane = keyof typeof PANES;

/** All of them, where there is one place beside the tree. */
export const ALL_PANES: readonly Pane[] = ['details', 'changes', 'unsaved', 'history'];
/** Those that share a column, where details have one of their own. */
export const WIDE_PANES: readonly Pane[] = ['changes', 'unsaved', 'history'];
/** What was in front last time. */
export const decodePane = (text: string | undefined): Pane =>
  ALL_PANES.find((pane) => pane === text) ?? 'details';
