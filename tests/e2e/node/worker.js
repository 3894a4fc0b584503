// A worker under the official SDK for Node.js as it is: node worker.js HOST:PORT
'use strict';

const xray = require('aws-xray-sdk-core');

xray.setDaemonAddress(process.argv[2]);
xray.enableManualMode();

const segment = new xray.Segment('worker-node');
segment.addAnnotation('tier', 'gold');
segment.addMetadata('job', { attempt: 1 }, 'worker');

const call = segment.addNewSubsegment('mail.test');
call.namespace = 'remote';
call.addAnnotation('recipients', 3);
const inner = call.addNewSubsegment('render');
inner.addError(new TypeError('no template'));
inner.close();
call.close();
segment.close();
console.log(segment.trace_id);
