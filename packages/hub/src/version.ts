/** Version of the hub, as `welcome` and `/healthz` tell it; equals the package's version (tested). */
export const HUB_VERSION = '0.1.0';
