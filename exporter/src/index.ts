export type { HanzoSpanExporterOptions } from './config.ts'
export type { DropReason, OnDrop } from './drops.ts'
export { HanzoSpanExporter } from './hanzo-span-exporter.ts'
