import { type KeyboardEvent, memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PromptFile } from '../../../preload/contract/index.ts'
import { formatDuration } from '../../i18n/index.ts'
import { Button, StateWord } from '../../ui/index.ts'
import { waveBars } from '../recordings/index.ts'
import type { Hearing } from './hearing.ts'
import { levelTones, wordOf } from './level-words.ts'
import { usePlayCopy } from './use-play-copy.ts'
import styles from './voice-files.module.css'

const wave = { width: 120, height: 28 }

/** One row for each voice file; arrows move between them, Enter opens. */
export function VoiceTable(props: {
  connection: string
  prompts: readonly PromptFile[]
  hearing: Hearing
  chosen: number | null
  onOpen(prompt: PromptFile): void
}) {
  const { t } = useTranslation('voice')
  const body = useRef<HTMLTableSectionElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const titles = [...(body.current?.querySelectorAll<HTMLElement>('[data-title]') ?? [])]
    const at = titles.indexOf(document.activeElement as HTMLElement)
    if (step === 0 || at < 0) return
    event.preventDefault()
    titles[at + step]?.focus()
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th className={styles.id}>{t('column.id')}</th>
          <th className={styles.play}>
            <span className="vh">{t('column.play')}</span>
          </th>
          <th className={styles.wave}>{t('column.wave')}</th>
          <th>{t('column.title')}</th>
          <th className={styles.length}>{t('column.length')}</th>
          <th className={styles.level}>{t('column.level')}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {props.prompts.map((prompt) => (
          <Row
            key={prompt.id}
            connection={props.connection}
            prompt={prompt}
            hearing={props.hearing}
            isChosen={prompt.id === props.chosen}
            onOpen={props.onOpen}
          />
        ))}
      </tbody>
    </table>
  )
}

const Row = memo(function Row(props: {
  connection: string
  prompt: PromptFile
  hearing: Hearing
  isChosen: boolean
  onOpen(prompt: PromptFile): void
}) {
  const { t } = useTranslation('voice')
  const { connection, prompt, hearing } = props
  const { id, title, description, copy } = prompt
  const player = usePlayCopy(`copy ${connection} ${id}`, { connection, prompt: id }, hearing)
  const word = copy ? wordOf(copy.facts) : null
  return (
    <tr
      data-testid="voice-file-row"
      data-id={id}
      data-copy={copy ? (copy.isOutdated ? 'outdated' : 'here') : 'none'}
      data-chosen={props.isChosen || undefined}
    >
      <td className={`${styles.id} num muted`}>{id}</td>
      <td className={styles.play}>
        <Button
          only
          small
          icon={player.isPlaying ? 'stop' : 'play'}
          disabled={!copy}
          busy={player.isLoading}
          aria-label={t(player.isPlaying ? 'stopNamed' : 'playNamed', { title })}
          onClick={player.toggle}
        />
      </td>
      <td className={styles.wave}>
        <Thumbnail peaks={copy?.facts.peaks ?? null} isSilent={word === 'silent'} />
      </td>
      <td className={styles.words}>
        <button
          type="button"
          className={styles.title}
          aria-expanded={props.isChosen}
          onClick={() => props.onOpen(prompt)}
          data-title
        >
          <b className="cut">{title === '' ? t('untitled') : title}</b>
        </button>
        <span className="cut">{description}</span>
      </td>
      <td className={`${styles.length} num`}>{copy ? <LengthText durationMs={copy.facts.durationMs} /> : '–'}</td>
      <td className={styles.level}>
        {copy?.isOutdated ? (
          <StateWord tone="caution" icon="warn" word={t('outdated')} />
        ) : word ? (
          <StateWord {...levelTones[word]} word={t(`level.${word}`)} />
        ) : (
          <span className="meta muted">{t('noCopy')}</span>
        )}
      </td>
    </tr>
  )
})

/** Under a second a clock would say 0:00. */
export function LengthText({ durationMs }: { durationMs: number }) {
  const { t } = useTranslation('voice')
  if (durationMs < 1000) return t('seconds', { count: Math.round(durationMs / 100) / 10 })
  return formatDuration(durationMs)
}

/** Without a sound to draw, a thin line. */
function Thumbnail({ peaks, isSilent }: { peaks: readonly number[] | null; isSilent: boolean }) {
  const { width, height } = wave
  const path = peaks && !isSilent ? waveBars(peaks, width, height) : `M1 ${height / 2}H${width - 1}`
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      {...wave}
      data-empty={!peaks || undefined}
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  )
}
