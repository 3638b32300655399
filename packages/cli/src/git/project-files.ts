/**
 * The lines of a Live project for git. Left out are only things that Live makes again by itself: its own copies of
 * earlier saves and the analysis of samples. `Ableton Project Info` stays: by it Live knows the folder as a project.
 */
import { DRIVER } from './config.ts';

export interface ProjectFile {
  readonly name: string;
  readonly lines: readonly string[];
}

export const PROJECT_FILES: readonly ProjectFile[] = [
  { name: '.gitattributes', lines: [`*.als diff=${DRIVER}`] },
  { name: '.gitignore', lines: ['Backup/', '*.asd', '.DS_Store', 'Desktop.ini'] },
];
