/** All that `doctor` looks at, gathered once; what follows from it is in doctor-table.ts. */
import type { SetInfo } from '@livetree/protocol';
import type { SetupErrorCode } from '../errors.ts';
import type { FoundLive } from './find-live.ts';
import type { LiveLog } from './live-log.ts';
import type { Installed } from './manifest.ts';
import type { PortState } from './ports.ts';

/** The hub, asked over HTTP. */
export interface HubEvidence {
  /** Of its page. */
  readonly url: string;
  readonly port: number;
  readonly sets: readonly Pick<SetInfo, 'name' | 'path' | 'live' | 'file'>[];
}

/** The saved file of the Set. `placeholder`: its content is in a cloud, not on this computer. */
export interface FileEvidence {
  readonly path: string;
  readonly state: 'readable' | 'missing' | 'forbidden' | 'placeholder' | 'unreadable';
  /** Of the system, where it refuses. */
  readonly code?: string;
}

export interface ScriptEvidence {
  readonly folder: string;
  readonly installed: Installed;
  /** The files are those of this LiveTree. */
  readonly isCurrent: boolean;
  /** Ports on which it looks for the hub. */
  readonly ports: readonly number[];
}

export interface Evidence {
  readonly canRunLive: boolean;
  readonly lives: readonly FoundLive[];
  readonly library:
    | { readonly ok: true; readonly path: string }
    | { readonly ok: false; readonly code: SetupErrorCode; readonly message: string };
  /** Of the script that comes with this LiveTree. */
  readonly ownVersion: string;
  readonly script?: ScriptEvidence;
  /** Of the Live that was used last. */
  readonly log?: LiveLog;
  readonly isLiveRunning?: boolean;
  readonly commandPorts: readonly PortState[];
  readonly hubPorts: readonly PortState[];
  /** Absent where none runs, or none answers. */
  readonly hub?: HubEvidence;
  /** Absent where no Set is known. */
  readonly file?: FileEvidence;
}
