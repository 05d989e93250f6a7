import { serveThread, startThread } from '../../src/threads/thread';
import type { SearchApi } from './distances/search-task';
import { QualityService } from './quality-service';

const start = () =>
  startThread<SearchApi>(
    new Worker(new URL('./distances/search-worker.ts', import.meta.url), { type: 'module' }),
  );
serveThread(new QualityService({ cores: navigator.hardwareConcurrency, start }));
