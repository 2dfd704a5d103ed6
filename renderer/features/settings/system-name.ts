export const systemNames = ['telcrm', 'cti-realtime', 'dialback', 'voice-openapi', 'cloud-cs'] as const

/** Key of a system's name under `common:system`; a system that this page does not know is shown as a PBX. */
export function systemKey(system: string): (typeof systemNames)[number] {
  return systemNames.find((one) => one === system) ?? 'telcrm'
}
