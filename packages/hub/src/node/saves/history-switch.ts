/** Whether a user wants a history at all: a file of this name in the folder of the state says no. */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'history-off';

export const isHistoryOff = async (folder: string): Promise<boolean> =>
  (await stat(join(folder, FILE)).catch(() => undefined)) !== undefined;

/** Heeded by the next hub. What is kept already stays. */
export async function switchHistory(folder: string, isOn: boolean): Promise<void> {
  if (isOn) {
    await rm(join(folder, FILE), { force: true });
    return;
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, FILE), 'LiveTree keeps no history: "livetree history on" changes that.\n');
}
