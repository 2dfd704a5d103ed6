import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryRow } from '../../../preload/contract/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, EmptyState, ErrorState, Loading } from '../../ui/index.ts'
import styles from './directory.module.css'
import { MergePreview } from './MergePreview.tsx'

/** People who may be one, pair by pair: what they would be together stands there before anything is done. */
export function DuplicatesDialog({ onClose, onMerged }: { onClose(): void; onMerged(id: number): void }) {
  const { t } = useTranslation(['directory', 'common'])
  const [pair, setPair] = useState<[DirectoryRow, DirectoryRow] | null>(null)
  const query = useQuery({
    queryKey: ['directory', 'duplicates'],
    queryFn: () => rpc.directory.duplicates(),
    meta: { operation: 'directory' },
  })
  const sets = query.data ?? []
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={t('directory:duplicates.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {pair ? (
        <MergePreview
          key={`${pair[0].id} ${pair[1].id}`}
          pair={pair}
          onSwap={() => setPair([pair[1], pair[0]])}
          onBack={() => setPair(null)}
          onMerged={(id) => {
            setPair(null)
            onMerged(id)
          }}
        />
      ) : query.isError ? (
        <ErrorState error={query.error} operation="directory" onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Loading rows={4} />
      ) : sets.length === 0 ? (
        <EmptyState
          icon="check-circle"
          title={t('directory:duplicates.none')}
          text={t('directory:duplicates.noneText')}
        />
      ) : (
        <ul className={styles.duplicates}>
          {sets.map(({ reason, value, people }) => (
            <li key={`${reason} ${value} ${people[0]?.key}`} data-testid="duplicate-set">
              <p className="meta muted">{t(`directory:duplicates.${reason}`, { value })}</p>
              <div className="row">
                <span className="grow cut">
                  {people.map(({ name, company }) => (company ? `${name}（${company}）` : name)).join(' / ')}
                </span>
                <Button
                  small
                  onClick={() => people[0] && people[1] && setPair([people[0], people[1]])}
                  data-testid="duplicate-look"
                >
                  {t('directory:duplicates.look')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
