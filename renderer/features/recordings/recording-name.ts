const endings: Record<string, string> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/amr': 'amr',
}

/** `2026-11-20 1005 周敏.wav`: when (on this PC's clock), with whom. */
export function recordingName(at: number | null, who: string, type: string): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  const date = at === null ? null : new Date(at)
  const when =
    date &&
    `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${pad(date.getHours())}${pad(date.getMinutes())}`
  const safe = who.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').trim()
  return `${[when, safe].filter(Boolean).join(' ') || 'recording'}.${endings[type] ?? 'bin'}`
}
