import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../preload/contract/directory.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { Field, isMac, useOptionList } from '../../ui/index.ts'
import { useCallActions, useMyCall } from '../calls-live/index.ts'
import { useDial } from '../dial/index.ts'
import styles from './SearchField.module.css'
import { SearchResults } from './SearchResults.tsx'

let mounted: HTMLInputElement | null = null
let wanted = false

/** Put the cursor into the search field, now or as soon as the desk is on screen. */
export function focusSearch(): void {
  wanted = mounted === null
  mounted?.focus()
  mounted?.select()
}

/** Finds people by name, pinyin, number or extension. Enter dials; with a call of mine, Enter on an extension transfers. */
export function SearchField() {
  const { t } = useTranslation('search')
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const enterFor = useRef<string | null>(null)
  const myCall = useMyCall()
  const myExtension = useSnapshot('me')?.extension
  const { transfer } = useCallActions()
  const dial = useDial()

  const query = useQuery({
    queryKey: ['search', text.trim()],
    queryFn: () => rpc.directory.search({ text: text.trim(), limit: 12 }),
    enabled: open,
    placeholderData: keepPreviousData,
    staleTime: 2000,
    gcTime: 30_000,
  })
  const hits = useMemo(
    () => (query.data ?? []).filter((hit) => hit.kind !== 'extension' || hit.number !== myExtension),
    [query.data, myExtension],
  )
  /** The rows belong to what is in the field: acting on older rows would dial the wrong person. */
  const current = query.data !== undefined && !query.isPlaceholderData

  const act = (hit: SearchHit | undefined) => {
    if (!hit) return
    if (hit.kind === 'extension' && myCall) transfer(myCall, hit.number)
    else dial(hit.number)
    setOpen(false)
    setText('')
    input.current?.blur()
  }
  const options = useOptionList(hits.length, open, (index) => {
    if (current) act(hits[index])
    else enterFor.current = text
  })

  useEffect(() => {
    if (!current || enterFor.current === null) return
    const asked = enterFor.current
    enterFor.current = null
    if (asked === text) act(hits[0])
  })

  useEffect(() => {
    mounted = input.current
    if (wanted) focusSearch()
    return () => {
      mounted = null
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      if (text) setText('')
      else event.currentTarget.blur()
      return
    }
    options.onKeyDown(event)
  }
  return (
    <search className={styles.search}>
      <Field
        ref={input}
        className={styles.field}
        icon="search"
        type="search"
        label={t('label')}
        placeholder={t('placeholder')}
        data-testid="search-input"
        maxLength={100}
        value={text}
        onChange={(event) => {
          enterFor.current = null
          options.setActive(0)
          setText(event.target.value)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        trailing={
          <span className="kbd" aria-hidden="true">
            {isMac ? '⌘K' : 'Ctrl K'}
          </span>
        }
        {...options.field}
      />
      {open && (
        <SearchResults
          text={text.trim()}
          hits={hits}
          pending={query.isPending}
          error={query.error}
          onRetry={() => void query.refetch()}
          options={options}
          canTransfer={myCall !== null}
        />
      )}
    </search>
  )
}
