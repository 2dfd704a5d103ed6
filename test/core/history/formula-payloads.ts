const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0']
const before = ['', ' ', '"', "'", '\u00a0', '\u3000', '\ufeff', ' "', "  '"]

/** Texts that some spreadsheet would take for a formula, or the rest of them for a cell of its own. */
export const formulaPayloads = signs.flatMap((sign) => before.map((lead) => `${lead}${sign}cmd|' /C calc'!A0`))

/** Cells of a file, as others read them, that some spreadsheet would take for a formula. */
export const formulasIn = (cells: readonly string[]) =>
  cells.filter((text) => /^[\s"\0]*[=+\-@＝＋－＠]/.test(text) || /^[\t\r\n\0]/.test(text))
