/** 0:07.3 */
export function secondsText(sec: number): string {
  const tenths = Math.round(sec * 10)
  const minutes = Math.floor(tenths / 600)
  const rest = (tenths % 600) / 10
  return `${minutes}:${rest.toFixed(1).padStart(4, '0')}`
}
