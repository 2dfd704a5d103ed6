import { useQuery } from '@tanstack/react-query'
import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type HistoryFilter, mostFilterTags } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Button } from '../../ui/index.ts'
import { FilterMenu, type FilterMenuProps, type FilterOption } from './FilterMenu.tsx'
import styles from './filters.module.css'
import type { Look } from './look.ts'
import { PeriodMenu } from './PeriodMenu.tsx'

const systems = ['telcrm', 'cti-realtime', 'dialback', 'voice-openapi', 'cloud-cs'] as const
/** Seconds, at least and at most; the words are `calls:length.<key>`. */
const lengths = {
  under10: { minDurationSec: null, maxDurationSec: 9 },
  over60: { minDurationSec: 60, maxDurationSec: null },
  over300: { minDurationSec: 300, maxDurationSec: null },
  over600: { minDurationSec: 600, maxDurationSec: null },
  over1800: { minDurationSec: 1800, maxDurationSec: null },
} as const
type Length = keyof typeof lengths

/** Everything that narrows the list down, with what it is set to. */
export const FilterBar = memo(function FilterBar(props: {
  look: Look
  onLook(look: Look): void
  isChanged: boolean
  onReset(): void
}) {
  const { t } = useTranslation('calls')
  const { look, onLook } = props
  const { filter } = look
  const set = (change: Partial<HistoryFilter>) => onLook({ ...look, filter: { ...filter, ...change } })
  const choose = (label: string, any: string, value: string, options: FilterOption[]) => ({
    label,
    value,
    isSet: value !== '',
    shown: value === '' ? any : (options.find((one) => one.value === value)?.label ?? value),
    options: [{ value: '', label: any }, ...options],
  })
  const [wantsMore, setWantsMore] = useState(false)
  // What is set can be seen; whether the row is open depends on nothing else, so that opening a call moves no line.
  const hasMore =
    filter.group !== null ||
    filter.connection !== null ||
    filter.recorded !== null ||
    filter.tags.length > 0 ||
    filter.followUp ||
    filter.minDurationSec !== null ||
    filter.maxDurationSec !== null
  const isMore = wantsMore || hasMore
  const directions = (['incoming', 'outgoing', 'internal'] as const).map((value) => ({
    value,
    label: t(`direction.${value}`),
  }))
  const results = (['answered', 'missed', 'failed', 'running', 'unknown'] as const).map((value) => ({
    value,
    label: t(`bar.results.${value}`),
  }))
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('bar.label')}>
      <PeriodMenu look={look} onLook={onLook} />
      <FilterMenu
        {...choose(t('bar.direction'), t('bar.anyDirection'), filter.direction ?? '', directions)}
        testId="bar-direction"
        onPick={(value) => set({ direction: value === '' ? null : (value as HistoryFilter['direction']) })}
      />
      <FilterMenu
        {...choose(t('bar.result'), t('bar.anyResult'), resultValue(filter), [
          ...results,
          { value: 'unhandled', label: t('bar.results.unhandled') },
          { value: 'toCallBack', label: t('bar.results.toCallBack') },
        ])}
        testId="bar-result"
        onPick={(value) => set(resultChange(value))}
      />
      <ExtensionMenu look={look} set={set} choose={choose} />
      {(filter.person !== null || filter.canonical !== null) && <WhoMenu look={look} set={set} choose={choose} />}
      {!hasMore && (
        <Button
          variant="quiet"
          icon={isMore ? undefined : 'plus'}
          aria-expanded={isMore}
          onClick={() => setWantsMore(!isMore)}
          data-testid="bar-more"
        >
          {isMore ? t('bar.less') : t('bar.moreFilters')}
        </Button>
      )}
      {props.isChanged && (
        <Button small variant="link" onClick={props.onReset} data-testid="bar-reset">
          {t('bar.reset')}
        </Button>
      )}
      {isMore && (
        <div className={styles.more}>
          <TagMenu look={look} set={set} choose={choose} />
          <FilterMenu
            {...choose(t('bar.followUp'), t('bar.anyFollowUp'), filter.followUp ? 'open' : '', [
              { value: 'open', label: t('bar.followUpOpen') },
            ])}
            testId="bar-follow-up"
            onPick={(value) => set({ followUp: value === 'open' })}
          />
          <GroupMenu look={look} set={set} choose={choose} />
          <FilterMenu
            {...choose(
              t('bar.length'),
              t('bar.anyLength'),
              lengthValue(filter),
              Object.keys(lengths).map((value) => ({ value, label: t(`bar.lengths.${value as Length}`) })),
            )}
            testId="bar-length"
            onPick={(value) => set(lengths[value as Length] ?? { minDurationSec: null, maxDurationSec: null })}
          />
          <FilterMenu
            {...choose(
              t('bar.recording'),
              t('bar.anyRecording'),
              filter.recorded === null ? '' : String(filter.recorded),
              [
                { value: 'true', label: t('bar.recorded') },
                { value: 'false', label: t('bar.notRecorded') },
              ],
            )}
            testId="bar-recording"
            onPick={(value) => set({ recorded: value === '' ? null : value === 'true' })}
          />
          <SystemMenu look={look} set={set} choose={choose} />
        </div>
      )}
    </div>
  )
})

interface MenuProps {
  look: Look
  set(change: Partial<HistoryFilter>): void
  choose(label: string, any: string, value: string, options: FilterOption[]): Omit<FilterMenuProps, 'testId' | 'onPick'>
}

function resultValue(filter: HistoryFilter): string {
  if (filter.toCallBack) return 'toCallBack'
  return filter.unhandled ? 'unhandled' : (filter.result ?? '')
}

function resultChange(value: string): Partial<HistoryFilter> {
  const isOpen = value === 'unhandled' || value === 'toCallBack'
  return {
    unhandled: value === 'unhandled',
    toCallBack: value === 'toCallBack',
    result: value === '' || isOpen ? null : (value as HistoryFilter['result']),
  }
}

const lengthValue = (filter: HistoryFilter): string =>
  Object.entries(lengths).find(
    ([, one]) => one.minDurationSec === filter.minDurationSec && one.maxDurationSec === filter.maxDurationSec,
  )?.[0] ?? ''

function ExtensionMenu({ look, set, choose }: MenuProps) {
  const { t } = useTranslation('calls')
  const extensions = useSnapshot('board', (board) => board?.extensions)
  const options = useMemo(
    () => (extensions ?? []).map(({ extension, name }) => ({ value: extension, label: `${extension} ${name}`.trim() })),
    [extensions],
  )
  return (
    <FilterMenu
      {...choose(t('bar.extension'), t('bar.anyExtension'), look.filter.extension ?? '', options)}
      testId="bar-extension"
      onPick={(value) => set({ extension: value === '' ? null : value })}
    />
  )
}

/** Whose calls they are, once somebody was chosen elsewhere: their name, and the way back to everybody. */
function WhoMenu({ look, set, choose }: MenuProps) {
  const { t } = useTranslation('calls')
  const { person, canonical } = look.filter
  const query = useQuery({
    queryKey: ['directory', 'person', person],
    queryFn: () => rpc.directory.get({ id: person ?? 0 }),
    enabled: person !== null,
    retry: false,
  })
  // Somebody who was deleted has no calls any more, and the bar says why.
  const name = query.data?.name ?? (query.isError ? t('bar.noSuchPerson') : '…')
  const label = [person === null ? null : name, canonical].filter((one) => one !== null).join(' ')
  return (
    <FilterMenu
      {...choose(t('bar.who'), t('bar.anyone'), 'chosen', [{ value: 'chosen', label }])}
      testId="bar-who"
      onPick={(value) => value === '' && set({ person: null, canonical: null })}
    />
  )
}

/** Calls with any of the tags that are picked; those in use are offered. */
function TagMenu({ look, set, choose }: MenuProps) {
  const { t } = useTranslation('calls')
  const { tags } = look.filter
  const inUse = useSnapshot('dispositions', (dispositions) => dispositions?.tags)
  const all = [...new Set([...(inUse ?? []), ...tags])]
  const options = all.map((value) => ({ value, label: value }))
  const toggle = (tag: string) => (tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag])
  return (
    <FilterMenu
      {...choose(t('bar.tags'), t('bar.anyTags'), tags.join(' / '), options)}
      values={tags}
      testId="bar-tags"
      onPick={(value) => set({ tags: value === '' ? [] : toggle(value).slice(-mostFilterTags) })}
    >
      {() => all.length === 0 && <p className={`${styles.none} meta muted`}>{t('bar.noTags')}</p>}
    </FilterMenu>
  )
}

function GroupMenu({ look, set, choose }: MenuProps) {
  const { t } = useTranslation('calls')
  const groups = useSnapshot('settings', (settings) => settings?.values.groups)
  if (!groups || groups.length === 0) return null
  const options = groups.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <FilterMenu
      {...choose(t('bar.group'), t('bar.anyGroup'), look.filter.group ?? '', options)}
      testId="bar-group"
      onPick={(value) => set({ group: value === '' ? null : value })}
    />
  )
}

function SystemMenu({ look, set, choose }: MenuProps) {
  const { t } = useTranslation(['calls', 'common'])
  const connections = useSnapshot('status', (status) => status?.connections)
  if (!connections || connections.length < 2) return null
  const options = connections.map(({ id, system }) => {
    const known = systems.find((one) => one === system)
    const isOnly = connections.filter((one) => one.system === system).length === 1
    return { value: id, label: known && isOnly ? t(`common:system.${known}`) : id }
  })
  return (
    <FilterMenu
      {...choose(t('calls:bar.system'), t('calls:bar.anySystem'), look.filter.connection ?? '', options)}
      testId="bar-system"
      onPick={(value) => set({ connection: value === '' ? null : value })}
    />
  )
}
