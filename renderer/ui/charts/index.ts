export { type Bar, BarChart } from './BarChart.tsx'
export { ChartLegend } from './ChartLegend.tsx'
export { ChartTable } from './ChartTable.tsx'
export { hoursShown } from './chart-scale.ts'
