import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DirectoryRow } from '../../../preload/contract/index.ts'
import { go } from '../../app/route.ts'
import { Button, Field, PageHead, useKeys } from '../../ui/index.ts'
import { ColleagueCard } from './ColleagueCard.tsx'
import { DuplicatesDialog } from './DuplicatesDialog.tsx'
import styles from './directory.module.css'
import { type Place, readPlace } from './directory-place.ts'
import { KindList } from './KindList.tsx'
import { PeopleList } from './PeopleList.tsx'
import { PersonDrawer } from './PersonDrawer.tsx'
import { PersonForm } from './PersonForm.tsx'
import { type Look, pageRows, useDirectory, useDirectoryNews } from './use-directory.ts'

const searchId = 'directory-search'
const gridId = 'directory-grid'

/** Who is who: kinds and groups left, the list, one person's card right. `section` = whom the address names. */
export function DirectoryPage({ section = null }: { section?: string | null }) {
  const { t } = useTranslation('directory')
  const asked = useMemo(() => readPlace(section), [section])
  const [place, setPlace] = useState<Place>(asked)
  const [before, setBefore] = useState(asked)
  if (before !== asked) {
    setBefore(asked)
    setPlace(asked)
  }
  const [look, setLook] = useState<Look>({ kind: 'all', group: null })
  const [typed, setTyped] = useState('')
  const [index, setIndex] = useState(-1)
  const [pages, setPages] = useState<readonly number[]>([0])
  const [looksForDuplicates, setLooksForDuplicates] = useState(false)
  useDirectoryNews()
  const list = useDirectory(look, typed.trim(), pages)
  const chosen = index < 0 ? undefined : list.rowAt(index)

  const choose = useCallback((to: number, row: DirectoryRow | undefined) => {
    setIndex(to)
    if (!row) return
    setPlace(row.kind === 'person' && row.id !== null ? { kind: 'person', id: row.id } : { kind: 'row', key: row.key })
  }, [])
  const close = useCallback(() => {
    setPlace(null)
    setIndex(-1)
    document.getElementById(gridId)?.focus()
  }, [])
  const create = () => setPlace({ kind: 'new', number: '', name: '' })
  const search = (text: string) => {
    setTyped(text)
    setIndex(-1)
    setPages([0])
  }
  const show = (to: Look) => {
    setLook(to)
    setIndex(-1)
    setPages([0])
  }
  useKeys({
    '/': () => document.getElementById(searchId)?.focus(),
    n: create,
    ...(place !== null && place.kind !== 'new' && { Escape: close }),
  })
  const seePages = useCallback((from: number, to: number) => {
    const seen = new Set<number>()
    for (let page = Math.floor(from / pageRows); page <= Math.floor(to / pageRows); page += 1) seen.add(page)
    const next = [...seen]
    setPages((old) => (old.length === next.length && old.every((page, at) => page === next[at]) ? old : next))
  }, [])

  return (
    <div className={styles.page}>
      <PageHead title={t('title')}>
        <Field
          id={searchId}
          className={styles.search}
          icon="search"
          label={t('search')}
          placeholder={t('searchHint')}
          value={typed}
          maxLength={100}
          trailing={<span className="kbd">/</span>}
          onChange={(event) => search(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') search('')
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault()
              document.getElementById(gridId)?.focus()
              choose(0, list.rowAt(0))
            }
          }}
          data-testid="directory-search"
        />
        <span className="grow" />
        <Button icon="upload" onClick={() => go('import')} data-testid="directory-import">
          {t('import')}
        </Button>
        <Button icon="copy" onClick={() => setLooksForDuplicates(true)} data-testid="directory-duplicates">
          {t('duplicates.find')}
        </Button>
        <Button variant="primary" icon="person-add" keys="N" onClick={create} data-testid="directory-new">
          {t('new')}
        </Button>
      </PageHead>
      <div className={styles.split}>
        <KindList look={look} counts={list.counts} onLook={show} />
        <PeopleList
          id={gridId}
          list={list}
          text={typed.trim()}
          look={look}
          index={index}
          onChoose={choose}
          onClose={close}
          onPages={seePages}
          onClear={() => search('')}
          onNew={create}
        />
        {place?.kind === 'person' && (
          <PersonDrawer
            key={place.id}
            id={place.id}
            onClose={close}
            onPerson={(id) => setPlace({ kind: 'person', id })}
          />
        )}
        {place?.kind === 'new' && (
          <PersonForm
            key={`new ${place.number}`}
            person={null}
            number={place.number}
            name={place.name}
            onClose={close}
            onSaved={(id) => setPlace({ kind: 'person', id })}
          />
        )}
        {place?.kind === 'row' && chosen?.key === place.key && (
          <ColleagueCard
            key={place.key}
            row={chosen}
            onClose={close}
            onEnter={() => setPlace({ kind: 'new', number: chosen.display ?? '', name: chosen.name })}
          />
        )}
      </div>
      {looksForDuplicates && (
        <DuplicatesDialog
          onClose={() => setLooksForDuplicates(false)}
          onMerged={(id) => {
            setPlace({ kind: 'person', id })
          }}
        />
      )}
    </div>
  )
}
