import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { Button } from '../../ui/index.ts'
import { type PanelMode, useTalkOptions } from './conversation-rules.ts'
import { useConferenceOf } from './use-conversation.ts'

/** 咨询 · 会议: only while I talk, and only where the PBX can do it. */
export function TalkActions({
  call,
  hasKeys,
  panel,
  onPanel,
}: {
  call: Call
  hasKeys: boolean
  panel: PanelMode | null
  onPanel: (callId: string | null, mode?: PanelMode) => void
}) {
  const { t } = useTranslation('conversation')
  const { consult, invite } = useTalkOptions(call)
  const conference = useConferenceOf(call.callId)
  const button = (mode: PanelMode) => ({
    'aria-expanded': panel === mode,
    onClick: () => (panel === mode ? onPanel(null) : onPanel(call.callId, mode)),
  })
  return (
    <>
      {consult && (
        <Button {...button('consult')} keys={hasKeys ? 'C' : undefined} data-testid="call-consult">
          {t('consult')}
        </Button>
      )}
      {invite && (
        <Button {...button('invite')} data-testid="call-conference">
          {t(conference ? 'addMore' : 'conference')}
        </Button>
      )}
    </>
  )
}
