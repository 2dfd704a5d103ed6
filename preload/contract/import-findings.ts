export const findingGroups = ['no-name', 'bad-number', 'too-long', 'bad-value', 'twice', 'known', 'pbx-known'] as const
/**
 * `no-name`, `bad-number`, `too-long`, `bad-value`: the row cannot be imported. `twice`: an earlier row of the file has the number.
 * `known`: somebody in the directory has it. `pbx-known`: the call log of the PBX has a name for it, or the PBX was given it from
 * here, so it will probably refuse it.
 */
export type FindingGroup = (typeof findingGroups)[number]

export const numberFaults = [
  'missing',
  'scientific',
  'lost-zero',
  'too-short',
  'too-long',
  'masked',
  'extension',
  'not-a-number',
] as const
export type NumberFault = (typeof numberFaults)[number]
