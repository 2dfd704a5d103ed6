import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingGroup } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, ErrorState, Icon, type IconName, Loading } from '../../ui/index.ts'
import { FindingRow } from './FindingRow.tsx'
import styles from './import.module.css'
import tables from './tables.module.css'
import { useNumber } from './use-number.ts'
import { actions, type Wizard } from './wizard.ts'

const icons: Record<FindingGroup, { icon: IconName; tone: 'failed' | 'caution' | 'plain' }> = {
  'no-name': { icon: 'warn', tone: 'failed' },
  'bad-number': { icon: 'warn', tone: 'failed' },
  'too-long': { icon: 'warn', tone: 'failed' },
  'bad-value': { icon: 'warn', tone: 'failed' },
  twice: { icon: 'copy', tone: 'caution' },
  known: { icon: 'person', tone: 'caution' },
  'pbx-known': { icon: 'info', tone: 'plain' },
}
const first = 5
const page = 100

/** One kind of finding: how many, what can be done for all of them, and row by row. */
export function FindingPanel(props: { group: FindingGroup; count: number; suggestions: number; wizard: Wizard }) {
  const { group, count, suggestions, wizard } = props
  const { t } = useTranslation('imports')
  const number = useNumber()
  const heading = useId()
  const [limit, setLimit] = useState(first)
  const { id } = wizard
  const query = useQuery({
    queryKey: ['import-findings', id, group, wizard.checks, limit],
    queryFn: async () => {
      const pages = Array.from({ length: Math.ceil(limit / page) }, (_, at) =>
        rpc.imports.findings({ id: id ?? '', group, offset: at * page, limit: Math.min(page, limit - at * page) }),
      )
      const answers = await Promise.all(pages)
      return { findings: answers.flatMap((one) => one.findings), kept: answers[0]?.kept ?? 0 }
    },
    placeholderData: keepPreviousData,
    meta: { operation: 'import' },
  })
  const { icon, tone } = icons[group]
  const canTake = (group === 'no-name' || group === 'bad-number') && suggestions > 0
  return (
    <section className={styles.panel} aria-labelledby={heading} data-testid={`import-group-${group}`}>
      <div className={`${styles.panelHead} ${tone === 'plain' ? '' : styles[tone]}`}>
        <Icon name={icon} />
        <b id={heading}>{t(`groups.${group}`, { count, rows: number(count) })}</b>
        <span className="meta muted cut">
          {canTake
            ? t(`groups.hint.${group}`, { count: suggestions, rows: number(suggestions) })
            : t(`groups.text.${group}`)}
        </span>
        <span className="grow" />
        {canTake && (
          <Button small onClick={() => void actions.takeSuggestions(group)} data-testid={`import-take-${group}`}>
            {t(`groups.take.${group}`, { count: suggestions, rows: number(suggestions) })}
          </Button>
        )}
        {group === 'known' &&
          (['fill', 'overwrite', 'skip'] as const)
            .filter((choice) => choice !== wizard.known)
            .map((choice) => (
              <Button
                key={choice}
                small
                variant={choice === 'fill' ? 'default' : 'quiet'}
                onClick={() => void actions.knownForAll(choice)}
                data-testid={`import-all-${choice}`}
              >
                {t(`known.all.${choice}`)}
              </Button>
            ))}
        {count > first && (
          <Button
            small
            variant="quiet"
            aria-expanded={limit > first}
            onClick={() => setLimit(limit > first ? first : page)}
          >
            {limit > first ? t('groups.less') : t('groups.all', { rows: number(count) })}
          </Button>
        )}
      </div>
      {query.isError ? (
        <ErrorState error={query.error} operation="import" onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col" className={tables.rowNumber}>
                {t('finding.row')}
              </th>
              <th scope="col">{t('finding.name')}</th>
              <th scope="col">
                {t(
                  group === 'known' || group === 'pbx-known' || group === 'twice' ? 'finding.number' : 'finding.value',
                )}
              </th>
              <th scope="col" className={tables.wide}>
                {t(
                  group === 'known' || group === 'pbx-known'
                    ? 'finding.person'
                    : group === 'twice'
                      ? 'finding.first'
                      : 'finding.correct',
                )}
              </th>
              <th scope="col" className={tables.wide}>
                {t(group === 'known' ? 'finding.choice' : 'finding.why')}
              </th>
              <th scope="col" className={tables.end}>
                <span className="vh">{t('finding.leaveOut')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {query.data.findings.map((finding) => (
              <FindingRow
                key={`${finding.row}-${finding.column}`}
                finding={finding}
                fixes={wizard.fixes}
                columns={wizard.inspection?.columns ?? []}
              />
            ))}
          </tbody>
        </table>
      ) : (
        <Loading rows={2} />
      )}
      {query.data && limit > first && limit < Math.min(count, query.data.kept) && (
        <div className={tables.more}>
          <Button small variant="quiet" onClick={() => setLimit(limit + page)}>
            {t('groups.more')}
          </Button>
        </div>
      )}
      {query.data && limit >= query.data.kept && count > query.data.kept && (
        <p className={styles.hint}>{t('groups.kept', { rows: number(query.data.kept) })}</p>
      )}
    </section>
  )
}
