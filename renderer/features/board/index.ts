export { BoardPane } from './BoardPane.tsx'
