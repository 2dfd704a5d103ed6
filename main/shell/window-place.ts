import type { Display, Rectangle } from 'electron'
import type { ElectronApi } from './electron-api.ts'

export const popWidth = 360
/** Between the pop and the edges of the work area. */
const popMargin = 16
/** So much of a window's top edge must lie on a display that it can be grabbed. */
const grabWidth = 120
const grabHeight = 32

/** Bottom right of a work area, never larger than it. Pixels independent of the display's scale. */
export function popPlace(workArea: Rectangle, contentHeight: number): Rectangle {
  const width = Math.min(popWidth, workArea.width)
  const room = Math.max(1, workArea.height - 2 * popMargin)
  const height = Math.min(Math.max(1, Math.ceil(contentHeight)), room)
  return {
    x: Math.max(workArea.x, workArea.x + workArea.width - width - popMargin),
    y: Math.max(workArea.y, workArea.y + workArea.height - height - popMargin),
    width,
    height,
  }
}

/** Where a remembered window goes now: as it was when its top can still be reached, else centred on the primary display. */
export function safePlace(
  saved: Rectangle | null,
  displays: readonly Pick<Display, 'workArea'>[],
  primary: Rectangle,
  wanted: { width: number; height: number },
): Rectangle {
  const home = saved && displays.find(({ workArea }) => canGrab(saved, workArea))
  if (saved && home) return fitInto(saved, home.workArea)
  const width = Math.min(saved?.width ?? wanted.width, primary.width)
  const height = Math.min(saved?.height ?? wanted.height, primary.height)
  return {
    x: primary.x + Math.round((primary.width - width) / 2),
    y: primary.y + Math.round((primary.height - height) / 2),
    width,
    height,
  }
}

function canGrab(bounds: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  return (
    overlap >= Math.min(grabWidth, bounds.width) &&
    bounds.y >= area.y - grabHeight &&
    bounds.y <= area.y + area.height - grabHeight
  )
}

function fitInto(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(bounds.width, area.width)
  const height = Math.min(bounds.height, area.height)
  return {
    x: Math.min(Math.max(bounds.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(bounds.y, area.y), area.y + area.height - height),
    width,
    height,
  }
}

/** A rectangle read from a file, or null when it is none. */
export function readRectangle(value: unknown): Rectangle | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y, width, height } = value as Record<string, unknown>
  const numbers = [x, y, width, height]
  if (!numbers.every((part): part is number => typeof part === 'number' && Number.isSafeInteger(part))) return null
  const bounds = { x: numbers[0]!, y: numbers[1]!, width: numbers[2]!, height: numbers[3]! }
  return bounds.width >= 200 && bounds.height >= 150 ? bounds : null
}

/** The display that the user looks at: where the pointer is; the primary one when that cannot be told. */
export function displayInUse(
  screen: Pick<ElectronApi['screen'], 'getCursorScreenPoint' | 'getDisplayNearestPoint' | 'getPrimaryDisplay'>,
): Display {
  const display: Display | undefined = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
  return display && display.workArea.width > 0 ? display : screen.getPrimaryDisplay()
}
