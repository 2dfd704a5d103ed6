import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DirectoryRow, Person } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, ErrorState, Loading } from '../../ui/index.ts'
import styles from './directory.module.css'
import { useSaved } from './use-saved.ts'

type Line = [label: string, kept: string, gone: string, merged: string]

/** What two people say and what they would say as one; the first one's words win where both say something. */
export function MergePreview(props: {
  pair: [kept: DirectoryRow, gone: DirectoryRow]
  onSwap(): void
  onBack(): void
  onMerged(id: number): void
}) {
  const { t } = useTranslation(['directory', 'common'])
  const explain = useErrorSentence()
  const saved = useSaved()
  const [kept, gone] = [props.pair[0].id ?? 0, props.pair[1].id ?? 0]
  const query = useQuery({
    queryKey: ['directory', 'merge', kept, gone],
    queryFn: async () => {
      const [preview, first] = await Promise.all([
        rpc.directory.previewMerge({ kept, gone }),
        rpc.directory.get({ id: kept }),
      ])
      return { ...preview, kept: first }
    },
    meta: { operation: 'directory' },
  })
  const merge = useMutation({
    mutationFn: ({ first, second }: { first: Person; second: Person }) =>
      rpc.directory.merge({
        kept: { id: first.id, revision: first.revision },
        gone: { id: second.id, revision: second.revision },
      }),
    meta: { operation: 'directory', inline: true },
    onSuccess({ id, change }) {
      saved(t('directory:merged', { name: query.data?.kept.name ?? '' }), change)
      props.onMerged(id)
    },
  })
  if (query.isError)
    return <ErrorState error={query.error} operation="directory" onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading rows={6} />
  const { kept: first, gone: second, merged } = query.data
  const numbers = (one: Person) => one.numbers.map(({ display }) => display).join('\n')
  const products = (one: Person) => one.opportunities.map(({ product }) => product).join('\n')
  const fields = (one: Person) => one.fields.map(({ label, value }) => `${label}: ${value}`).join('\n')
  const line = (label: string, read: (one: Person) => string | null): Line => [
    label,
    ...([first, second, merged].map((one) => read(one) ?? '') as [string, string, string]),
  ]
  const lines = [
    line(t('directory:field.name'), ({ name }) => name),
    line(t('directory:field.company'), ({ company }) => company),
    line(t('directory:field.numbers'), numbers),
    line(t('directory:field.group'), ({ group }) => group),
    line(t('directory:field.owner'), ({ ownerName, owner }) => ownerName ?? owner),
    line('QQ', ({ qq }) => qq),
    line(t('directory:field.fields'), fields),
    line(t('directory:opportunity.title'), products),
    line(t('directory:field.note'), ({ note }) => note),
  ].filter(([, ...values]) => values.some((value) => value !== ''))
  return (
    <div className={styles.merge}>
      <p className="secondary">{t('directory:duplicates.explain')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">{t('directory:duplicates.what')}</span>
            </th>
            <th scope="col">{t('directory:duplicates.kept')}</th>
            <th scope="col">{t('directory:duplicates.gone')}</th>
            <th scope="col">{t('directory:duplicates.result')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, one, other, result]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{one}</td>
              <td>{other}</td>
              <td>
                <b>{result}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {merge.error && (
        <p className={styles.failed} role="alert">
          {explain(merge.error, 'directory').sentence}
        </p>
      )}
      <div className={styles.formActions}>
        <Button
          variant="primary"
          busy={merge.isPending}
          onClick={() => merge.mutate({ first, second })}
          data-testid="merge-do"
        >
          {t('directory:duplicates.merge')}
        </Button>
        <Button onClick={props.onSwap}>{t('directory:duplicates.swap')}</Button>
        <Button variant="quiet" onClick={props.onBack}>
          {t('directory:duplicates.back')}
        </Button>
      </div>
    </div>
  )
}
