import { useTranslation } from 'react-i18next'
import { Elapsed, Icon, StateWord, stateIcon, type useOptionList } from '../../ui/index.ts'
import styles from './TransferPanel.module.css'
import type { TargetRow } from './transfer-targets.ts'

type Option = ReturnType<ReturnType<typeof useOptionList>['option']>

/** One row of the panel. `asksFirst`: outside numbers say that they are asked first, for they cannot be put through blindly. */
export function TargetOption(props: { row: TargetRow; option: Option; selected: boolean; asksFirst: boolean }) {
  const { row, option, selected, asksFirst } = props
  const { t } = useTranslation(['conversation', 'common'])
  const enter = (
    <span className={styles.enter} aria-hidden="true">
      {selected ? '↵' : ''}
    </span>
  )
  if (row.kind === 'menu')
    return (
      <li className={styles.target} data-testid={`transfer-menu-${row.menu}`} {...option}>
        <span className={`${styles.number} num`}>{row.menu}</span>
        <b className="cut grow">{row.name}</b>
        <StateWord tone="plain" icon="list" word={t('conversation:menu')} />
        {enter}
      </li>
    )
  if (row.kind === 'number')
    return (
      <li className={styles.target} data-testid={`transfer-number-${row.number}`} {...option}>
        <span className={styles.number}>
          <Icon name="phone" size="s" />
        </span>
        <b className="cut num">{row.name ?? row.display}</b>
        <span className="cut grow meta secondary num">{row.name === null ? row.company : row.display}</span>
        <StateWord
          tone="plain"
          icon="out"
          word={t(asksFirst ? 'conversation:outsideConsult' : 'conversation:outside')}
        />
        {enter}
      </li>
    )
  const { extension, state } = row
  const running = state === 'talking' || state === 'ringing'
  return (
    <li className={styles.target} data-testid={`transfer-target-${extension.extension}`} data-state={state} {...option}>
      <span className={`${styles.number} num`}>{extension.extension}</span>
      <b className="cut grow">{extension.name}</b>
      {extension.remote && running && (
        <span className="cut meta secondary">{extension.remote.name ?? extension.remote.display}</span>
      )}
      <StateWord tone={state} icon={stateIcon(state, extension.direction)} word={t(`common:state.${state}`)}>
        {running && <Elapsed since={extension.since} />}
      </StateWord>
      {enter}
    </li>
  )
}
