/** What a file may hold before it is refused, so that no file can fill memory or hold up the program (T15, R23). */
export const importLimits = {
  csvBytes: 200 * 1024 * 1024,
  csvRows: 1_000_000,
  sheetBytes: 20 * 1024 * 1024,
  sheetParts: 200,
  /** Of one part of a workbook, and of all together, counted while they are unpacked. */
  partBytes: 64 * 1024 * 1024,
  allPartsBytes: 128 * 1024 * 1024,
  sheetRows: 100_000,
  columns: 64,
  cellCharacters: 4096,
  /** One row of a text file, bytes: a quotation mark that is never closed ends here. */
  recordBytes: 1024 * 1024,
} as const
