import { useTranslation } from 'react-i18next'
import type { Party } from '../../../preload/contract/calls.ts'
import type { Consult, ConsultCommand } from '../../../preload/contract/conversation.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { Button, Chip, Details, Elapsed, Icon, StateWord, type Tone } from '../../ui/index.ts'
import styles from './Consult.module.css'
import { thirdKey, useConsultWords } from './consult-words.ts'
import { useConsultActions } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'

const tones: Record<Consult['third'], Tone> = {
  calling: 'plain',
  ringing: 'ringing',
  answered: 'talking',
  refused: 'busy',
  gone: 'stale',
  unknown: 'stale',
}
const icons = {
  calling: 'out',
  ringing: 'bell',
  answered: 'phone',
  refused: 'minus-circle',
  gone: 'slash',
  unknown: 'clock',
} as const

export function ConsultChip() {
  const { t } = useTranslation('conversation')
  return (
    <Chip tone="held" icon="transfer">
      {t('chip')}
    </Chip>
  )
}

/** Who waits, whom I talk with, and the three ways on. They are always there; what cannot be pressed now says why below. */
export function ConsultBody({ consult, keys }: { consult: Consult; keys: boolean }) {
  const { t } = useTranslation('conversation')
  const { third, phase } = consult
  const { finish, dismiss, isSending } = useConsultActions()
  const key = thirdKey(consult)
  const lost = third === 'refused' || third === 'gone'
  const button = (command: ConsultCommand) => ({
    'data-testid': `consult-${command}`,
    disabled: consult.blocked[command] !== null || isSending,
    busy: consult.command === command,
    onClick: () => finish({ callId: consult.callId, command }),
  })
  const running = phase === 'starting' || phase === 'open' || phase === 'sending' || phase === 'checking'
  return (
    <>
      <div className={styles.parties}>
        <div className={styles.party} data-testid="consult-caller">
          <PartyName party={consult.caller} />
          <StateWord tone="plain" icon="pause" word={t('waiting')}>
            <Elapsed since={consult.waitingSince} />
          </StateWord>
        </div>
        <Icon name="right" className={styles.arrow} />
        <div
          className={styles.party}
          data-testid="consult-third"
          data-third={third}
          data-phase={phase}
          role="status"
          aria-live="polite"
        >
          {consult.target ? <PartyName party={consult.target} /> : <b className="cut">{t('unknownTarget')}</b>}
          <StateWord tone={tones[third]} icon={icons[third]} word={t(`third.${key}`)}>
            {(third === 'ringing' || third === 'answered') && running && (
              <span aria-hidden="true">
                <Elapsed since={consult.thirdSince} />
              </span>
            )}
          </StateWord>
        </div>
      </div>
      <div className={styles.actions}>
        <Button
          {...button('put-through')}
          variant={lost ? 'default' : 'primary'}
          icon="transfer"
          keys={keys ? '↵' : undefined}
        >
          {t('putThrough')}
        </Button>
        <Button {...button('three-way')}>{t('threeWay')}</Button>
        <Button
          {...button('back')}
          variant={lost ? 'primary' : 'default'}
          className="end"
          keys={keys ? 'Esc' : undefined}
        >
          {t('back')}
        </Button>
      </div>
      <ConsultHint consult={consult} />
      {third === 'gone' && phase === 'open' && (
        <Button small variant="link" onClick={() => dismiss(consult.callId)} data-testid="consult-dismiss">
          {t('dismiss')}
        </Button>
      )}
    </>
  )
}

function PartyName({ party }: { party: Party }) {
  const words = usePartyWords()
  return (
    <div className={styles.name}>
      <b className="cut">{words.who(party)}</b>
      <span className="cut meta secondary num">
        {party.name === null ? party.home : (party.company ?? (party.source === 'extension' ? party.display : null))}
      </span>
    </div>
  )
}

/** One place for what is going on, what the buttons mean now, and what went wrong: nothing moves when it changes. */
function ConsultHint({ consult }: { consult: Consult }) {
  const { sentence, failed } = useConsultWords(consult)
  const explain = useErrorSentence()
  const details = consult.trouble && failed ? explain(consult.trouble.problem, 'finish') : null
  return (
    <div className={failed ? `${styles.hint} ${styles.failed}` : styles.hint} data-testid="consult-hint">
      {failed && <Icon name="warn" size="s" />}
      <div className="grow">
        <p role={failed ? 'alert' : undefined}>{sentence}</p>
        {details && <Details explained={details} />}
      </div>
    </div>
  )
}
