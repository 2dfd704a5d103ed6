import type { Notice } from '../../preload/contract/status.ts'

/** Whole files have their own sentence: there is no field to correct in what cannot be read. */
export type NoticeKey = Notice['kind'] | 'settings-invalid-file' | 'policy-invalid-file'

/** Which sentence a notice has under `app:notice`, and the field it names, without the core's mark for the policy. */
export function noticeWords({ kind, params }: Notice): { key: NoticeKey; field: string } {
  const field = (params.field ?? '').replace(/^policy: /, '')
  if (kind === 'settings-invalid' && field.endsWith('.json')) return { key: 'settings-invalid-file', field }
  if (kind === 'policy-invalid' && field === 'policy') return { key: 'policy-invalid-file', field }
  return { key: kind, field }
}
