import { serveThread, startThread } from '../../src/threads/thread';
import { QualityService } from './quality-service';
import type { ReportThreadApi } from './report-thread-api';

const start = () =>
  startThread<ReportThreadApi>(
    new Worker(new URL('./report-thread.ts', import.meta.url), { type: 'module' }),
  );
serveThread(new QualityService({ cores: navigator.hardwareConcurrency, start }));
