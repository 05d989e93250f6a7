import { expose } from '../../src/threads/rpc';
import { startSearchWorker } from './distances/start-search-worker';
import { QualityService } from './service';

/** Every search worker holds the points; the page keeps a core of its own where there are more than two. */
const MOST_THREADS = 8;

const cores = navigator.hardwareConcurrency;
const threads = Math.min(MOST_THREADS, cores <= 2 ? cores : cores - 1);
expose(new QualityService({ threads, start: startSearchWorker }));
