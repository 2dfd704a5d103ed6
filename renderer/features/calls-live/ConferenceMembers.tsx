import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/calls.ts'
import type { ConferenceMember } from '../../../preload/contract/conversation.ts'
import { Icon, StateWord, type Tone } from '../../ui/index.ts'
import styles from './Consult.module.css'
import { useConferenceOf } from './use-conversation.ts'
import { usePartyWords } from './use-party-words.ts'

const looks = {
  answered: { tone: 'talking', icon: 'phone' },
  talking: { tone: 'talking', icon: 'phone' },
  left: { tone: 'plain', icon: 'slash' },
  asked: { tone: 'ringing', icon: 'bell' },
} as const satisfies Record<string, { tone: Tone; icon: string }>

/** Who is in the conference that this call became, each with how we know: the PBX itself does not say. */
export function ConferenceMembers({ call }: { call: Call }) {
  const { t } = useTranslation('conversation')
  const conference = useConferenceOf(call.callId)
  if (!conference) return null
  const { members } = conference
  const asked = members.filter(({ evidence }) => evidence === 'asked').length
  const present = members.filter(({ evidence }) => evidence !== 'asked' && evidence !== 'left').length
  return (
    <section className={styles.members} data-testid="conference-members" aria-label={t('conference')}>
      <p className={styles.membersHead}>
        <span>
          {t('conferenceTitle', { count: present })}
          {asked > 0 && t('conferenceAsked', { count: asked })}
        </span>
        <Tooltip label={t('conferenceNote')} multiline w={260}>
          <button type="button" aria-label={t('conferenceNote')}>
            <Icon name="info" size="s" />
          </button>
        </Tooltip>
      </p>
      <ul>
        {members.map((member) => (
          <Member key={`${member.role} ${member.party.number}`} member={member} />
        ))}
      </ul>
    </section>
  )
}

function Member({ member }: { member: ConferenceMember }) {
  const { t } = useTranslation('conversation')
  const words = usePartyWords()
  const { party, role, evidence } = member
  return (
    <li className={styles.member} data-evidence={evidence}>
      <b className="cut">{words.who(party)}</b>
      {party.name !== null && party.source === 'extension' && (
        <span className="num meta secondary">{party.display}</span>
      )}
      <span className="end">
        {evidence === 'call' ? (
          <span className="meta secondary">{t(role === 'me' ? 'member.me' : 'member.caller')}</span>
        ) : (
          <Tooltip label={t(`evidenceWhy.${evidence}`)}>
            <span>
              <StateWord {...looks[evidence]} word={t(`evidence.${evidence}`)} />
            </span>
          </Tooltip>
        )}
      </span>
    </li>
  )
}
