const output = document.querySelector('output');
output.textContent = 'loaded';
void window.example.greet('at first');
window.example.onNews((news) => {
  output.textContent = news;
});
document.querySelector('button').addEventListener('click', async () => {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    const [track] = stream.getVideoTracks();
    output.textContent = `sharing a ${track.getSettings().displaySurface}`;
    track.stop();
  } catch (error) {
    output.textContent = error.name;
  }
});
