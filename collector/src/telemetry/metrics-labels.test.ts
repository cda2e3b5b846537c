import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('adds up what differs in a label that is left out', () => {
  const metrics = createMetrics()
  const records = metrics.counter('records', 'r', ['project', 'signal'])
  records.add(1, 'a', 'traces')
  records.add(2, 'b,signal="x', 'traces')
  records.add(4, 'b\\', 'logs')
  metrics.counter('plain', 'p').add(8)
  const seconds = metrics.histogram('seconds', 's', [1], ['project'])
  seconds.observe(0.5, 'a')
  seconds.observe(2, 'b')
  const text = metrics.render({ without: 'project' })
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    'records{signal="traces"} 3',
    'records{signal="logs"} 4',
    'plain 8',
    'seconds_bucket{le="1"} 1',
    'seconds_bucket{le="+Inf"} 2',
    'seconds_sum 2.5',
    'seconds_count 2',
  ])
  expect(metrics.render()).toContain('records{project="a",signal="traces"} 1')
})
