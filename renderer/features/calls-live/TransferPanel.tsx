import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc, useExtensionMatches, useSnapshot } from '../../rpc/index.ts'
import { Details, Elapsed, Field, Icon, StateWord, showToast, stateIcon, useOptionList } from '../../ui/index.ts'
import { partyOf } from './card-order.ts'
import styles from './TransferPanel.module.css'
import { type TransferTarget, transferTargets } from './transfer-targets.ts'
import { extensionLabel } from './use-call-actions.ts'
import { usePartyWords } from './use-party-words.ts'

const shownRows = 60

/** On the card: type, choose with ↑↓, Enter puts the call through at once. Every row says how its phone is right now. */
export function TransferPanel({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation(['calls-live', 'common'])
  const board = useSnapshot('board')
  const me = useSnapshot('me')
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const explain = useErrorSentence()

  const word = text.trim()
  const alsoNumbers = useExtensionMatches(word)
  const targets = useMemo(() => {
    if (!board) return []
    return transferTargets(board, {
      text: word,
      alsoNumbers,
      myExtension: me?.extension ?? null,
      stale: board.stale,
    }).slice(0, shownRows)
  }, [board, me?.extension, word, alsoNumbers])

  const who = usePartyWords().who(partyOf(call, me?.extension ?? null))
  const transfer = useMutation({
    mutationFn: (target: string) => rpc.control.transfer({ callId: call.callId, target }),
    meta: { operation: 'transfer', inline: true },
    onSuccess: (_done, target) => {
      showToast({ tone: 'done', text: t('calls-live:transferred', { who, target: extensionLabel(target) }) })
      onClose()
    },
  })
  const put = (target: TransferTarget | undefined) => {
    if (target && !transfer.isPending) transfer.mutate(target.extension.extension)
  }
  const options = useOptionList(targets.length, true, (index) => put(targets[index]))

  const failedNow = transfer.isError
  // biome-ignore lint/correctness/useExhaustiveDependencies: a message that appears makes the panel taller
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    panel.current?.scrollIntoView({ block: 'nearest' })
  }, [failedNow])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else options.onKeyDown(event)
  }
  const failed = transfer.error && explain(transfer.error, 'transfer')
  return (
    <div ref={panel} className={styles.panel} data-testid="transfer-panel">
      <Field
        ref={field}
        icon="search"
        label={t('calls-live:transferTo')}
        placeholder={t('calls-live:transferPlaceholder')}
        data-testid="transfer-input"
        maxLength={40}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          options.setActive(0)
          if (transfer.isError) transfer.reset()
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
      {transfer.isPending && (
        <p className={styles.note} role="status">
          {t('calls-live:transferring')}
        </p>
      )}
      <ul {...options.list} className={styles.list} aria-label={t('calls-live:transferTargets')}>
        {targets.map((target, index) => (
          <TargetRow
            key={target.extension.extension}
            target={target}
            option={options.option(index)}
            selected={options.index === index}
          />
        ))}
      </ul>
      {targets.length === 0 && <p className={styles.note}>{t('calls-live:transferNone')}</p>}
    </div>
  )
}

function TargetRow({
  target,
  option,
  selected,
}: {
  target: TransferTarget
  option: ReturnType<ReturnType<typeof useOptionList>['option']>
  selected: boolean
}) {
  const { t } = useTranslation('common')
  const { extension, state } = target
  const running = state === 'talking' || state === 'ringing'
  return (
    <li className={styles.target} data-testid={`transfer-target-${extension.extension}`} data-state={state} {...option}>
      <span className={`${styles.number} num`}>{extension.extension}</span>
      <b className="cut grow">{extension.name}</b>
      {extension.remote && running && (
        <span className="cut meta secondary">{extension.remote.name ?? extension.remote.display}</span>
      )}
      <StateWord tone={state} icon={stateIcon(state, extension.direction)} word={t(`state.${state}`)}>
        {running && <Elapsed since={extension.since} />}
      </StateWord>
      <span className={styles.enter} aria-hidden="true">
        {selected ? '↵' : ''}
      </span>
    </li>
  )
}
