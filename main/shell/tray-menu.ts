import type { MenuItemConstructorOptions } from 'electron'
import { type Call, Presence } from '../../preload/contract/index.ts'
import type { Seen } from './follow-desk.ts'
import { callerName, lastCallers, localeOf } from './tray-view.ts'
import { wordsFor } from './words.ts'

const callersShown = 5

export interface TrayActions {
  setPresence(presence: Presence): void
  dial(number: string): void
  open(): void
  ring(callerId: string): void
  quit(): void
}

/** A number found on the clipboard: what to dial and how to show it. */
export interface ClipboardNumber {
  number: string
  display: string
}

/** The menu behind the icon. `&` marks a key in menus, so it is doubled in names that come from outside. */
export function trayMenu(
  seen: Seen,
  recent: readonly Call[],
  clipboard: ClipboardNumber | null,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const words = wordsFor(localeOf(seen))
  const { me, status } = seen
  const presence = me?.pendingPresence ?? me?.presence
  const canDial = me?.can.dial ?? false
  const callers = lastCallers(recent, callersShown)
  const demo = status?.demo
  return [
    { label: plain(words.myself(me?.extension ?? null, me?.name ?? null)), enabled: false },
    ...Presence.options.map(
      (option): MenuItemConstructorOptions => ({
        label: words.presence[option],
        type: 'radio',
        checked: presence === option,
        enabled: me?.can.setPresence ?? false,
        click: () => actions.setPresence(option),
      }),
    ),
    { type: 'separator' },
    {
      label: words.lastCallers,
      submenu:
        callers.length === 0
          ? [{ label: words.noCallers, enabled: false }]
          : callers.map((call) => ({
              label: plain(
                call.caller.name === null ? callerName(call, words) : `${call.caller.name}  ${call.caller.display}`,
              ),
              enabled: canDial,
              click: () => actions.dial(call.caller.number),
            })),
    },
    clipboard
      ? {
          label: plain(words.dialClipboard(clipboard.display)),
          enabled: canDial,
          click: () => actions.dial(clipboard.number),
        }
      : { label: words.clipboardEmpty, enabled: false },
    { type: 'separator' },
    { label: words.open, click: () => actions.open() },
    ...(demo?.running
      ? [
          {
            label: words.training,
            submenu: demo.callers.map(({ id, name, number }) => ({
              label: plain(`${name}  ${number}`),
              click: () => actions.ring(id),
            })),
          },
        ]
      : []),
    { type: 'separator' },
    { label: words.quit, click: () => actions.quit() },
  ]
}

/** Text from outside as one line of a menu. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/&/g, '&&')
    .slice(0, 80)
}
