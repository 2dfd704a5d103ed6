import { fileURLToPath } from 'node:url'

/** One picture to be drawn from an SVG. */
export interface IconDrawing {
  /** File name in resources/icons. */
  svg: string
  png: string
  /** Edge in pixels. */
  size: number
}

export const iconsDir = fileURLToPath(new URL('../icons/', import.meta.url))
export const trayStates = ['connected', 'ringing', 'missed', 'cut-off'] as const
export const appIconSizes = [16, 32, 128, 256, 512, 1024] as const

/** The 256 pixel one is the icon of windows and notifications. */
export const appIconFile = (size: number) => (size === 256 ? 'app.png' : `app-${size}.png`)

/** Every picture: the app icon in all sizes, four tray states for Windows and Linux, four templates for macOS. */
export const iconDrawings: readonly IconDrawing[] = [
  ...appIconSizes.map((size) => ({ svg: 'app.svg', png: appIconFile(size), size })),
  ...trayStates.flatMap((state) => [
    { svg: `tray-${state}.svg`, png: `tray-${state}.png`, size: 16 },
    { svg: `tray-${state}.svg`, png: `tray-${state}@2x.png`, size: 32 },
    { svg: `tray-${state}-template.svg`, png: `tray-${state}Template.png`, size: 18 },
    { svg: `tray-${state}-template.svg`, png: `tray-${state}Template@2x.png`, size: 36 },
  ]),
]
