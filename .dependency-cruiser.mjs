// dependency-cruiser's configuration: the rules are in scripts/boundaries.ts, who may need whom in src/modules/graph.ts.
import { boundaries, reading } from './scripts/boundaries.ts'
import { graph } from './src/modules/graph.ts'

export default {
  forbidden: boundaries(graph),
  options: { ...reading, tsConfig: { fileName: 'tsconfig.json' } },
}
