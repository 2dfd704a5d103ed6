import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DialResult, Line } from '../../../preload/contract/control.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button, Field, useOptionList } from '../../ui/index.ts'
import styles from './DialForm.module.css'
import { DialOutcome } from './DialOutcome.tsx'
import { LineChoice } from './LineChoice.tsx'
import { RecentNumbers, useRecentNumbers } from './RecentNumbers.tsx'

const fieldId = 'dial-number'

/** Put the cursor into the dial field. */
export function focusDial(): void {
  const field = document.getElementById(fieldId)
  if (field instanceof HTMLInputElement) {
    field.focus()
    field.select()
  }
}

/** Number in any format, line, recent numbers; says truthfully what the PBX does, or why not. */
export function DialForm() {
  const { t } = useTranslation('dial')
  const me = useSnapshot('me')
  const settings = useSnapshot('settings')
  const [text, setText] = useState('')
  const [chosenLine, setChosenLine] = useState<Line | null>(null)
  const [recentOpen, setRecentOpen] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const recent = useRecentNumbers(recentOpen)

  const dial = useMutation<DialResult, Error, { number: string; line?: Line }>({
    mutationFn: (request) => rpc.control.dial(request),
    meta: { operation: 'dial', inline: true },
    onSuccess: () => setText(''),
  })

  const connection = settings?.values.connections.find((one) => one.id === me?.connection)
  const configuredLine: Line = connection?.system === 'telcrm' ? connection.line : 'fixed'
  const line = chosenLine ?? configuredLine
  const can = me?.can.dial === true && me.extension !== null
  const number = text.trim()

  const take = (index: number) => {
    const hit = recent.rows[index]
    if (hit) {
      setText(hit.display)
      dial.reset()
    }
    setRecentOpen(false)
    field.current?.focus()
  }
  const options = useOptionList(recent.rows.length, recentOpen, take)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRecentOpen(false)
    if (!number || !can || dial.isPending) return
    dial.mutate(me.can.dialIp ? { number, line } : { number })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' && !recentOpen) {
      event.preventDefault()
      setRecentOpen(true)
      return
    }
    if (event.key === 'Escape') {
      if (recentOpen) setRecentOpen(false)
      else if (dial.isError || dial.isSuccess) dial.reset()
      else event.currentTarget.blur()
      return
    }
    options.onKeyDown(event)
  }

  const reason = me && !me.can.dial ? t('cannot') : me && me.extension === null ? t('noExtension') : null
  return (
    <form className={styles.dial} onSubmit={submit} aria-label={t('label')}>
      <DialOutcome result={dial.data ?? null} error={dial.error} onDone={dial.reset} />
      {recentOpen && <RecentNumbers recent={recent} options={options} />}
      <Field
        large
        id={fieldId}
        ref={field}
        className={styles.field}
        icon="phone"
        label={t('label')}
        placeholder={reason ?? t('placeholder')}
        data-testid="dial-input"
        inputMode="tel"
        maxLength={60}
        value={text}
        invalid={dial.isError}
        disabled={reason !== null}
        onChange={(event) => {
          setText(event.target.value)
          setRecentOpen(false)
          if (dial.isError) dial.reset()
        }}
        onClick={() => setRecentOpen(number === '')}
        onBlur={() => setRecentOpen(false)}
        onKeyDown={onKeyDown}
        trailing={me?.can.dialIp && reason === null ? <LineChoice line={line} onChoose={setChosenLine} /> : undefined}
        {...options.field}
      />
      <Button
        type="submit"
        variant="tonal"
        className={styles.button}
        data-testid="dial-button"
        busy={dial.isPending}
        disabled={!can || number === ''}
        keys="↵"
      >
        {dial.isPending ? t('dialling') : t('call')}
      </Button>
    </form>
  )
}
