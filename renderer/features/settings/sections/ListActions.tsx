import { Button } from '../../../ui/index.ts'
import { LockMark, SaveWord } from '../SettingRow.tsx'
import type { SaveState } from '../use-setting.ts'

/** What stands beside the title of a list: how the last saving went, the lock, and the button for one more. */
export function ListActions(props: {
  list: SaveState & { locked: boolean }
  label: string
  /** One is being edited: first that one. */
  busy: boolean
  /** Null = nothing can be added just now. */
  onAdd: (() => void) | null
  testId: string
}) {
  const { list } = props
  return (
    <>
      <SaveWord state={list} />
      {list.locked && <LockMark />}
      {!list.locked && props.onAdd && (
        <Button small icon="plus" disabled={props.busy} onClick={props.onAdd} data-testid={props.testId}>
          {props.label}
        </Button>
      )}
    </>
  )
}
