import { SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useExtensionMatches, useSnapshot } from '../../rpc/index.ts'
import { Details, Field, Icon, showToast, useOptionList } from '../../ui/index.ts'
import { partyOf } from './card-order.ts'
import { type PanelMode, useTalkOptions } from './conversation-rules.ts'
import { TargetOption } from './TargetOption.tsx'
import styles from './TransferPanel.module.css'
import { type TargetRow, targetRows, transferTargets } from './transfer-targets.ts'
import { extensionLabel } from './use-call-actions.ts'
import { useOutsideHits } from './use-outside-hits.ts'
import { usePartyWords } from './use-party-words.ts'

const shownRows = 60

/** What is done with the chosen row: also the area of its error sentences. */
type Deed = 'transfer' | 'consult' | 'invite' | 'to-menu'

/**
 * On the card: type, choose with ↑↓. Enter does what the panel is for; where both are possible, Enter puts through at
 * once and Shift+Enter asks first. Every colleague's row says how the phone is right now.
 */
export function TransferPanel({
  call,
  mode = 'transfer',
  onClose,
}: {
  call: Call
  mode?: PanelMode
  onClose: () => void
}) {
  const { t } = useTranslation(['calls-live', 'conversation', 'common'])
  const board = useSnapshot('board')
  const me = useSnapshot('me')
  const menus = useSnapshot('settings', (settings) => settings?.values.voiceMenus)
  const may = useTalkOptions(call)
  const [text, setText] = useState('')
  const [asksFirst, setAsksFirst] = useState(mode === 'consult')
  const field = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const explain = useErrorSentence()

  const word = text.trim()
  const alsoNumbers = useExtensionMatches(word)
  const invites = mode === 'invite'
  const attended = may.consult && (asksFirst || mode === 'consult') && !invites
  const outside = useOutsideHits(word, invites || may.consult)
  const shownMenus = mode === 'transfer' && !attended && may.menu ? menus : undefined
  const rows = useMemo(() => {
    if (!board) return []
    const options = { text: word, alsoNumbers, myExtension: me?.extension ?? null, stale: board.stale }
    return targetRows(transferTargets(board, options).slice(0, shownRows), outside, shownMenus ?? [], word)
  }, [board, me?.extension, word, alsoNumbers, outside, shownMenus])

  const who = usePartyWords().who(partyOf(call, me?.extension ?? null))
  const act = useMutation({
    mutationFn: ({ deed, row }: { deed: Deed; row: TargetRow }) => run(call, deed, row),
    meta: { inline: true },
    onSuccess: (_done, { deed, row }) => {
      const target = labelOf(row)
      const done = {
        transfer: () => t('calls-live:transferred', { who, target }),
        invite: () => t('conversation:invited', { who: target }),
        'to-menu': () => t('conversation:toMenuDone', { who, menu: target }),
        // The card itself changes.
        consult: () => null,
      }[deed]()
      if (done) showToast({ tone: 'done', text: done })
      onClose()
    },
  })
  const deedOf = (row: TargetRow, askFirst: boolean): Deed => {
    if (row.kind === 'menu') return 'to-menu'
    if (invites) return 'invite'
    return askFirst || row.kind === 'number' ? 'consult' : 'transfer'
  }
  const choose = (row: TargetRow | undefined, askFirst: boolean) => {
    if (row && !act.isPending) act.mutate({ deed: deedOf(row, askFirst), row })
  }
  const options = useOptionList(rows.length, true, (index) => choose(rows[index], attended))

  const failedNow = act.isError
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that appears makes the panel taller
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    panel.current?.scrollIntoView({ block: 'nearest' })
  }, [failedNow])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Enter' && event.shiftKey && may.consult && !invites) {
      event.preventDefault()
      choose(rows[options.index], true)
    } else options.onKeyDown(event)
  }
  const failed = act.error && explain(act.error, act.variables.deed)
  const title = invites
    ? t('conversation:inviteTo')
    : attended
      ? t('conversation:consultTo')
      : t('calls-live:transferTo')
  const pending = {
    transfer: 'calls-live:transferring',
    consult: 'conversation:calling',
    invite: 'conversation:inviting',
    'to-menu': 'conversation:sendingToMenu',
  } as const
  return (
    <div
      ref={panel}
      className={styles.panel}
      data-testid="transfer-panel"
      data-mode={invites ? 'invite' : attended ? 'consult' : 'transfer'}
    >
      {may.consult && !invites && (
        <SegmentedControl
          className={styles.mode}
          fullWidth
          size="xs"
          aria-label={t('conversation:mode.label')}
          value={attended ? 'attended' : 'blind'}
          onChange={(value) => {
            setAsksFirst(value === 'attended')
            field.current?.focus()
          }}
          data={[
            { value: 'blind', label: t('conversation:mode.blind') },
            { value: 'attended', label: t('conversation:mode.attended') },
          ]}
        />
      )}
      <Field
        ref={field}
        icon="search"
        label={title}
        placeholder={may.consult || invites ? t('conversation:placeholder') : t('calls-live:transferPlaceholder')}
        data-testid="transfer-input"
        maxLength={40}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          options.setActive(0)
          if (act.isError) act.reset()
        }}
        onKeyDown={onKeyDown}
        trailing={
          <span className="kbd" aria-hidden="true">
            Esc
          </span>
        }
        {...options.field}
        aria-expanded
      />
      {failed && (
        <div className={styles.failed} role="alert" data-testid="toast-error">
          <Icon name="warn" />
          <div className="grow">
            <p>{failed.sentence}</p>
            <Details explained={failed} />
          </div>
        </div>
      )}
      {act.isPending && (
        <p className={styles.note} role="status">
          {t(pending[act.variables.deed])}
        </p>
      )}
      <ul
        {...options.list}
        className={styles.list}
        aria-label={invites || attended ? t('conversation:targets') : t('calls-live:transferTargets')}
      >
        {rows.map((row, index) => (
          <TargetOption
            key={row.key}
            row={row}
            option={options.option(index)}
            selected={options.index === index}
            asksFirst={!attended && !invites}
          />
        ))}
      </ul>
      {rows.length === 0 && (
        <p className={styles.note}>{t(may.consult || invites ? 'conversation:none' : 'calls-live:transferNone')}</p>
      )}
      <PanelFoot row={rows[options.index]} attended={attended} invites={invites} mayConsult={may.consult} />
      {mode === 'transfer' && !attended && may.menu && menus?.length === 0 && (
        <a className={styles.link} href="#/settings/menus">
          {t('conversation:noMenus')}
        </a>
      )}
    </div>
  )
}

/** What the keys do with the row that is chosen. */
function PanelFoot(props: { row: TargetRow | undefined; attended: boolean; invites: boolean; mayConsult: boolean }) {
  const { t } = useTranslation('conversation')
  const { row, attended, invites, mayConsult } = props
  if (!row || !(mayConsult || invites)) return null
  const both = row.kind === 'extension' && mayConsult && !attended && !invites
  const first =
    row.kind === 'menu' ? 'menu' : invites ? 'invite' : attended || row.kind === 'number' ? 'consult' : 'blind'
  return (
    <p className={styles.foot} aria-hidden="true">
      <span className="kbd">↵</span> {t(`keys.${first}`)}
      {both && (
        <>
          <span className="kbd">⇧ ↵</span> {t('keys.attended')}
        </>
      )}
    </p>
  )
}

function run(call: Call, deed: Deed, row: TargetRow): Promise<unknown> {
  const { callId } = call
  if (row.kind === 'menu') return rpc.conversation.toMenu({ callId, menu: row.menu })
  const target = row.kind === 'extension' ? row.extension.extension : row.number
  if (deed === 'invite') return rpc.conversation.invite({ callId, target })
  if (deed === 'consult') return rpc.conversation.consult({ callId, target })
  return rpc.control.transfer({ callId, target })
}

function labelOf(row: TargetRow): string {
  if (row.kind === 'menu') return `${row.menu} ${row.name}`
  if (row.kind === 'extension') return extensionLabel(row.extension.extension)
  return row.name ?? row.display
}
