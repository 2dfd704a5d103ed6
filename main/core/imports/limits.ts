/** What a file may hold before it is refused, so that no file can fill memory or hold up the program (T15, R23). */
export const importLimits = {
  csvBytes: 200 * 1024 * 1024,
  csvRows: 1_000_000,
  sheetBytes: 20 * 1024 * 1024,
  sheetParts: 200,
  /** Of one part of a workbook, and of all together, counted while they are unpacked. */
  partBytes: 64 * 1024 * 1024,
  allPartsBytes: 128 * 1024 * 1024,
  /** Rows that are opened, with or without anything in them. */
  sheetRows: 100_000,
  /** Texts that cells share. Each is written once, so this is ten of its own for every row. */
  sheetTexts: 1_000_000,
  /** Shared texts with nothing in them: one is enough, and who does not look for it writes about one a row. */
  emptyTexts: 100_000,
  /** Elements within elements, and attributes of one: a workbook has about ten of either. */
  elementDepth: 64,
  attributes: 256,
  columns: 64,
  cellCharacters: 4096,
  /** One row of a text file, bytes: a quotation mark that is never closed ends here. */
  recordBytes: 1024 * 1024,
} as const
