fetch('page.js').then(({ status }) => postMessage(status));
