/** The PBX's clock is UTC+8: its log's epoch milliseconds and its own wall time agree only there. Manual 003 §21. */
const offsetMs = 8 * 3_600_000

/** The PBX's calendar day at a moment (epoch ms), as yyyy-MM-dd. */
export function pbxDay(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(0, 10)
}
