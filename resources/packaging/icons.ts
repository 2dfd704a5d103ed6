import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { findChromium } from './find-chromium.ts'
import { iconDrawings, iconsDir } from './icon-names.ts'
import { type Pixels, pngFile } from './png-file.ts'

/*
 * Draws resources/icons/*.svg into the PNG files that lie beside them. Run it after changing a drawing:
 *   node resources/packaging/icons.ts
 * The PNGs are kept in the repository because the tray, the notification and the installers need them on machines
 * that have no browser to draw with; a test draws them again and compares.
 */

/** The pixels of pictures (SVG or PNG, as data URLs), drawn in one browser page. */
export async function drawPixels(pictures: readonly { url: string; size: number }[]): Promise<Pixels[]> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  })
  try {
    const page = await browser.newPage()
    const drawn: Pixels[] = []
    for (const { url, size } of pictures) {
      const base64 = await page.evaluate(
        async ([source, edge]) => {
          const image = new Image(edge, edge)
          image.src = source
          await image.decode()
          const drawing = new OffscreenCanvas(edge, edge).getContext('2d')
          if (!drawing) throw new Error('no canvas')
          drawing.drawImage(image, 0, 0, edge, edge)
          const bytes = drawing.getImageData(0, 0, edge, edge).data
          const parts: string[] = []
          for (let at = 0; at < bytes.length; at += 8192)
            parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
          return btoa(parts.join(''))
        },
        [url, size] as const,
      )
      drawn.push({ size, rgba: Buffer.from(base64, 'base64') })
    }
    return drawn
  } finally {
    await browser.close()
  }
}

/** Draw every SVG; pixels in the order of `iconDrawings`. */
export async function drawIcons(): Promise<Pixels[]> {
  return drawPixels(
    await Promise.all(
      iconDrawings.map(async ({ svg, size }) => {
        const drawing = await readFile(join(iconsDir, svg), 'utf8')
        const sized = drawing.replace('<svg ', `<svg width="${size}" height="${size}" `)
        return { url: `data:image/svg+xml;base64,${Buffer.from(sized).toString('base64')}`, size }
      }),
    ),
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [index, pixels] of (await drawIcons()).entries()) {
    const { png } = iconDrawings[index]!
    const bytes = pngFile(pixels)
    await writeFile(join(iconsDir, png), bytes)
    console.log(`${png} ${bytes.length} bytes`)
  }
}
