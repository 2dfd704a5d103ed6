/**
 * The roles of a grid whose rows are drawn only while they are visible: a real table cannot have rows out of place.
 * The grid itself holds the focus (`aria-activedescendant`), so rows and cells are not focusable.
 */
export const rowGroup = { role: 'rowgroup' } as const
export const columnHeader = { role: 'columnheader' } as const
/** One cell over all columns. */
export const dayCell = { role: 'gridcell', 'aria-colspan': 7 } as const
export const gridCell = { role: 'gridcell' } as const
export const gridRow = (rowIndex: number) => ({ role: 'row' as const, 'aria-rowindex': rowIndex })
