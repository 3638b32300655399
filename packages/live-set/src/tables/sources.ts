/** Where names and scales in these tables come from: key → public page or repository and path. */
export const SOURCES = {
  dump12:
    'elleural/ableton-mcp, docs/production/reference/live-12.4.6-device-parameters.md: every native device as Live lists it, with default values as shown',
  dump11:
    'hiramegl/AaMidiOscControllers, AaBcr/devs/*.py and AaBcr/TODO.txt: parameters of native devices as Live 11 to 12.1 list them, with items and ranges',
  banks11:
    'gluon/AbletonLive11_MIDIRemoteScripts, _Generic/Devices.py: parameter names of the banks that controllers use',
  notes12:
    'elleural/ableton-mcp, docs/production/12-live-devices-reference.md: class names, labels and names that changed in Live 12',
  classes12:
    'elleural/ableton-mcp, simulated Live of its tests: class name of every native device, read from Live 12.4.5',
  lom: 'Cycling ’74, Live Object Model (MixerDevice, ChainMixerDevice, RackDevice, Song)',
  manual: 'Ableton, Live manual: audio effect, MIDI effect and instrument reference',
  tags: 'the element name itself, or the same element of a sister device',
} as const;

export type SourceKey = keyof typeof SOURCES;
