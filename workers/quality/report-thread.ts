import { serveThread } from '../../src/threads/thread';
import { createReportThread } from './report-thread-api';

serveThread(createReportThread());
