import type { createSettings } from '../core/settings/settings.ts'
import type { StatusBook } from '../core/status/status-book.ts'

/** Fields of the settings and of the policy that do not count, each said on the page until it is mended. */
export function showSettingsProblems(settings: ReturnType<typeof createSettings>, status: StatusBook): void {
  status.clearNotices('settings-invalid')
  status.clearNotices('policy-invalid')
  for (const { field, reason } of settings.snapshot().problems)
    status.addNotice({
      kind: field.startsWith('policy') ? 'policy-invalid' : 'settings-invalid',
      params: { field, reason },
    })
}
