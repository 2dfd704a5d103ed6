import { shortId } from './find-operations.ts'

const endings: Record<string, string> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/amr': 'amr',
  'audio/ogg': 'ogg',
  'application/zip': 'zip',
  'application/pdf': 'pdf',
  'application/json': 'json',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/vnd.ms-excel': 'xls',
  'image/png': 'png',
  'image/jpeg': 'jpg',
}

/** What a file from an answer is called when it is saved: the operation, the time, and an ending that fits its type or first bytes. */
export function downloadName(operation: string, at: number, contentType: string | null, bytes: Uint8Array): string {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${shortId(operation)}-${time}.${endings[type] ?? endingOf(bytes)}`
}

function endingOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 4))
  if (start === 'RIFF') return 'wav'
  if (start.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return 'mp3'
  if (start.startsWith('PK')) return 'zip'
  return 'bin'
}
