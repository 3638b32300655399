/** The one file that starts LiveTree at login, by system. Pure. */
import { SetupError } from '../errors.ts';
import type { Computer } from './computer.ts';

/** How LiveTree is called: Node, then the program. */
export interface OwnProgram {
  readonly node: string;
  readonly program: string;
}

/** By this line we know our own file again. */
const MARK = 'Made by "livetree autostart on"; "livetree autostart off" takes it away.';
const WHAT = 'LiveTree: shows the Set that is open in Live';
const ARGUMENTS = ['serve', '--no-open'] as const;
const UNIT = 'livetree.service';

export interface AutostartFile {
  readonly path: string;
  readonly text: string;
  /** A second path that has to lead to the first for the system to use it. */
  readonly link?: string;
}

/** @throws SetupError AUTOSTART_UNKNOWN_SYSTEM */
export function autostartFile(computer: Computer, own: OwnProgram): AutostartFile {
  switch (computer.platform) {
    case 'darwin':
      return { path: agentPath(computer), text: agentText(own) };
    case 'win32':
      return { path: startupPath(computer), text: startupText(own) };
    case 'linux': {
      const folder = unitFolder(computer);
      const link = computer.path.join(folder, 'default.target.wants', UNIT);
      return { path: computer.path.join(folder, UNIT), text: unitText(own), link };
    }
    default:
      throw new SetupError(
        'AUTOSTART_UNKNOWN_SYSTEM',
        `How programs start at login on "${computer.platform}" is not known here. Have that system run: livetree serve --no-open`,
      );
  }
}

/** Whether a file is one of ours, of any version. */
export const isOurs = (text: string): boolean => text.includes(MARK);

// ── macOS: a LaunchAgent ────────────────────────────────────────────────────────────────────────────────

const agentPath = ({ home, path }: Computer): string =>
  path.join(home, 'Library', 'LaunchAgents', 'livetree.serve.plist');

function agentText({ node, program }: OwnProgram): string {
  const words = [node, program, ...ARGUMENTS].map((word) => `    <string>${xml(word)}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- ${MARK} -->
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>livetree.serve</string>
  <key>ProgramArguments</key>
  <array>
${words.join('\n')}
  </array>
  <key>RunAtLoad</key>
  <true/>
</dict>
</plist>
`;
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const xml = (text: string): string => text.replace(/[&<>]/g, (sign) => XML[sign] ?? sign);

// ── Windows: a file in the Startup folder ───────────────────────────────────────────────────────────────

const startupPath = ({ home, env, path }: Computer): string =>
  path.join(
    env['APPDATA'] || path.join(home, 'AppData', 'Roaming'),
    'Microsoft',
    'Windows',
    'Start Menu',
    'Programs',
    'Startup',
    'LiveTree.cmd',
  );

/** In a window of its own that is out of the way; `chcp` for paths that are not plain ASCII. */
function startupText({ node, program }: OwnProgram): string {
  const words = [node, program].map((word) => `"${word.replaceAll('%', '%%')}"`).join(' ');
  const lines = [
    '@echo off',
    `rem ${MARK}`,
    'chcp 65001 >nul',
    `start "LiveTree" /min ${words} ${ARGUMENTS.join(' ')}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

// ── Linux: a unit of the user's systemd ─────────────────────────────────────────────────────────────────

const unitFolder = ({ home, env, path }: Computer): string => {
  const config = env['XDG_CONFIG_HOME'];
  return path.join(config?.startsWith('/') ? config : path.join(home, '.config'), 'systemd', 'user');
};

function unitText({ node, program }: OwnProgram): string {
  const words = [node, program].map(unitWord).join(' ');
  return `# ${MARK}
[Unit]
Description=${WHAT}

[Service]
ExecStart=${words} ${ARGUMENTS.join(' ')}
Restart=on-failure

[Install]
WantedBy=default.target
`;
}

/** Quoted as systemd.service(5) and systemd.syntax(7) say. */
const unitWord = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
